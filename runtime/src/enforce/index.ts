// Public surface of this part of the runtime.
export {};
