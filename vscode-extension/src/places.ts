// From the server's shapes of places to the editor's.
import * as vscode from "vscode";
import type { LocationShape, RangeShape } from "@aegis/lsp/custom-requests";

export const rangeOf = ({ start, end }: RangeShape): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

export const locationOf = ({ uri, range }: LocationShape): vscode.Location =>
  new vscode.Location(vscode.Uri.parse(uri), rangeOf(range));
