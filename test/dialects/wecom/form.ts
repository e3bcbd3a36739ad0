const BOUNDARY = '---------------------------acebdf13572468';

/** A form as a client sends it; the part is a line of the platform's own sample. [public: 90253] */
export function formOf(
  bytes: Uint8Array | string,
  {
    part = 'Content-Disposition: form-data; name="media";filename="wework.txt"; filelength=6',
    boundary = BOUNDARY,
  } = {},
): { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> } {
  const head = `--${boundary}\r\n${part}\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
