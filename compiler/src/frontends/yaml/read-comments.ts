// The comments of a YAML file with their places: what tools say to the linter stands in them.
import { Lexer } from "yaml";
import type { SourceFile } from "../../source/source-file.ts";
import type { Comment } from "../../syntax/ast.ts";

/** Marks that the lexer puts between the pieces of the text; they are no part of it. */
const MARKS = new Set(["\u0002", "\u0018", "\u001f"]);
const SCALAR_FOLLOWS = "\u001f";

export function readComments(file: SourceFile): readonly Comment[] {
  const comments: Comment[] = [];
  if (!file.text.includes("#")) return comments;
  let start = 0;
  let scalar = false;
  for (const piece of new Lexer().lex(file.text)) {
    if (MARKS.has(piece)) {
      scalar = piece === SCALAR_FOLLOWS;
      continue;
    }
    const end = start + piece.length;
    if (piece.startsWith("#") && !scalar)
      comments.push({ span: { file: file.path, start, end }, text: piece.slice(1), doc: false });
    scalar = false;
    start = end;
  }
  return comments;
}
