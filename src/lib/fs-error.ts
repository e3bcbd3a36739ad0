/** Describes an error of the file system in a few words. */
export function describeFsError(cause: unknown): string {
  const code = fsErrorCode(cause);
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a part of its path is not a folder';
    case 'EACCES':
    case 'EPERM':
      return 'its permissions do not allow it';
    case 'EROFS':
      return 'its disk can only be read';
    case 'ENOSPC':
      return 'its disk is full';
    default:
      return code ?? String(cause);
  }
}

/** Returns the code of a file-system error, e.g. `ENOENT`. */
export function fsErrorCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
