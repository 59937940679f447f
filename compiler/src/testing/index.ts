// Helpers for tests of the compiler and of what stands on it.
export {};
