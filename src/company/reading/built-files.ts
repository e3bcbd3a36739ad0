import type { CompanyDraft } from '../draft.ts';
import { draftFromJson } from './draft-json.ts';

/** A company file as the build read it. */
export interface BuiltFile {
  /** The platforms for which it was found right, without a warning. */
  readonly platforms: readonly string[];
  /** What it describes, as `draftToJson` writes it. */
  readonly draft: string;
}

/** By their texts; the files of the demo alone are built. */
const built = new Map<string, BuiltFile>();

/** Returns whether the build read this text. */
export function isBuiltFile(text: string): boolean {
  return built.has(text);
}

/** Keeps what the build read in a text. */
export function keepBuiltFile(text: string, file: BuiltFile): void {
  built.set(text, file);
}

/** Returns what the build read in a text, each time in objects of its own; null where it did not, or for other platforms. */
export function builtDraft(text: string, platforms: readonly string[]): CompanyDraft | null {
  const file = built.get(text);
  return file?.platforms.join() === platforms.join() ? draftFromJson(file.draft) : null;
}
