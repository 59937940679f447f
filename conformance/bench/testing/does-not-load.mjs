// An engine that does not load: what a run must go on without.
export default {
  load() {
    throw new Error("there is no such peer here");
  },
};
