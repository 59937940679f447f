// The example of the article that began it all: it must compile as it stands.
export const ARTICLE = `agent: codegen-agent
allowed_tools:
  - name: git
    actions: [commit, push]
  - name: ci-pipeline
    actions: [run_tests]
conditions:
  approval_needed: true if branch == "main"
`;
