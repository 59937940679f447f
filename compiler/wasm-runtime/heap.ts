// The allocator of the ABI: blocks with their size in front, freed ones kept in a list, all dropped with the heap.
import { alloc, limit, setTop, top } from "./memory";

/** First free block: {size, next} stand in front of and in it. */
let free: usize = 0;
/** Blocks put aside by `opa_heap_blocks_stash`. */
let stashed: usize = 0;

const SLACK: usize = 16;

export function opa_malloc(bytes: usize): usize {
  setTop(top);
  let link: usize = 0;
  for (let block = free; block != 0; block = load<u32>(block)) {
    const found = load<u32>(block - 8) as usize;
    if (found >= bytes && found <= bytes * 2 + 64) {
      if (link == 0) free = load<u32>(block);
      else store<u32>(link, load<u32>(block));
      return block;
    }
    link = block;
  }
  // Room for the NUL that ends a text.
  const block = alloc(bytes + 8 + SLACK) + 8;
  store<u32>(block - 8, (bytes + SLACK) as u32);
  return block;
}

export function opa_free(block: usize): void {
  if (block == 0) return;
  store<u32>(block, free as u32);
  free = block;
}

export function opa_heap_ptr_get(): usize {
  return top;
}

export function opa_heap_ptr_set(address: usize): void {
  setTop(address);
  free = 0;
}

export function opa_heap_blocks_stash(): void {
  stashed = free;
  free = 0;
}

export function opa_heap_blocks_restore(): void {
  free = stashed;
  stashed = 0;
}

export function opa_heap_stash_clear(): void {
  stashed = 0;
}
