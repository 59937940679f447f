// Read-only documents: the modules of the standard library.
import { standardLibrary } from "@aegis/compiler";
import { libraryFile } from "../../workspace/uri.ts";
import { DOCUMENT_TEXT, type DocumentTextParams, type DocumentTextResult } from "../custom-requests.ts";
import { answerOwn, type RequestEntry } from "../define-request.ts";

export const libraryRequests: readonly RequestEntry[] = [
  answerOwn<DocumentTextParams, DocumentTextResult>(DOCUMENT_TEXT, (_context, { uri }) => {
    const file = libraryFile(uri);
    const module = file === null ? undefined : standardLibrary.module(file.slice("std:".length));
    return Promise.resolve(module === undefined ? null : { text: module.file.text });
  }),
];
