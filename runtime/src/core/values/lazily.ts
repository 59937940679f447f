// Makes something when it is first asked for: what a process that only decides never needs costs it nothing.

/** Gives what `make` gave, which is called once; after a throw it is called again. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
