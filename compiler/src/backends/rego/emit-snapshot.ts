// `aegis.snapshot`: the state as the request gives it, before anybody looks at its cells. A package of its own, since the request's
// check needs it and the cells need the request: packages that import each other are a recursion to some engines.
import { MAX_INTEGER } from "@aegis/runtime/core";

/** Text of the package after its imports. */
export const snapshotRego = `
given := object.get(input, "state", null)

# Whether it is a snapshot at all; without one every cell is unreadable.
sound if given == null

sound if {
	is_object(given)
	count(object.keys(given) - {"schema", "epoch", "labels", "counters"}) == 0
	_sound_schema(object.get(given, "schema", null))
	_sound_epoch(object.get(given, "epoch", null))
	_sound_cells(object.get(given, "labels", null))
	_sound_cells(object.get(given, "counters", null))
}

_sound_schema(schema) if schema == null

_sound_schema(schema) if is_string(schema)

_sound_epoch(epoch) if epoch == null

_sound_epoch(epoch) if {
	is_number(epoch)
	lib.int(epoch, -${String(MAX_INTEGER)}, ${String(MAX_INTEGER)}) == epoch
}

_sound_cells(cells) if cells == null

_sound_cells(cells) if is_object(cells)
`;
