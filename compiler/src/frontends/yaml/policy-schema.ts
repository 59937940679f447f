// The published JSON Schema of policies in YAML, for editors: which keys a place takes and what they mean.
import schema from "../../../schemas/policy-yaml.schema.json" with { type: "json" };

/** As much of JSON Schema as the published one uses. */
export interface PolicySchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, PolicySchema>>;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, PolicySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: PolicySchema | boolean;
  readonly items?: PolicySchema;
  readonly anyOf?: readonly PolicySchema[];
  readonly oneOf?: readonly PolicySchema[];
  readonly if?: PolicySchema;
  readonly then?: PolicySchema;
  readonly else?: PolicySchema;
}

export const POLICY_SCHEMA: PolicySchema = schema as PolicySchema;
