/** The lines of a log file, as bytes: names may hold anything, and what was written is what is sent. */
export function* logLines(file: Buffer): Generator<Buffer> {
  let start = 0
  while (start < file.length) {
    const end = file.indexOf(0x0a, start)
    const line = file.subarray(start, end === -1 ? file.length : end)
    if (line.length > 0) yield line
    start = end === -1 ? file.length : end + 1
  }
}
