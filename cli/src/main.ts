// Entry point of aegisc.
export {};
