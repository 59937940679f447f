// Public surface of this part of the runtime.
export * from "./bundle/index.ts";
