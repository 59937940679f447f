// An option that may stand several times, or once with commas: never greedy, so that file names may follow it.
import { InvalidArgumentError, Option } from "commander";

/** `choices` null: anything. The value is a list of texts. */
export const repeatable = (
  flags: string,
  description: string,
  choices: readonly string[] | null = null,
): Option =>
  new Option(flags, choices === null ? description : `${description} (${choices.join(", ")})`).argParser(
    (text: string, earlier: readonly string[] | undefined) => {
      const values = text
        .split(",")
        .map((each) => each.trim())
        .filter((each) => each !== "");
      const unknown = values.find((each) => choices !== null && !choices.includes(each));
      if (unknown !== undefined || values.length === 0)
        throw new InvalidArgumentError(
          choices === null ? "Name at least one." : `Allowed choices are ${choices.join(", ")}.`,
        );
      return [...(earlier ?? []), ...values];
    },
  );
