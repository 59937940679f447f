// An engine that denies whatever it is asked: what a comparison must find.
export default {
  load: () => ({
    prepare: (requests) => requests,
    decide: () => ({ decision: "deny", rules: [] }),
    answer: (decided) => decided,
  }),
};
