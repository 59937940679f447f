// The requests that lie beside a policy: `*.request.json` in the same folder.
import type { Project } from "../workspace/project.ts";
import { uriBelow } from "../workspace/uri.ts";
import type { ServerContext } from "./server-context.ts";

/** Most that are told. */
const MOST = 20;

export async function requestsBeside(
  context: ServerContext,
  project: Project,
  path: string,
): Promise<readonly { readonly uri: string; readonly name: string; readonly path: string }[]> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const files = await project.requests();
  return files
    .filter((each) => each.startsWith(folder) && !each.slice(folder.length).includes("/"))
    .slice(0, MOST)
    .map((each) => ({
      path: each,
      name: each.slice(folder.length),
      uri: context.workspace.uriOf(project, each, uriBelow(project.root, each)),
    }));
}
