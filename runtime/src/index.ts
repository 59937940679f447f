// Everything an embedding program needs, in one import.
export * from "./core/index.ts";
