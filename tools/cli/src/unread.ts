/**
 * Imported for its effect, by every command: who reads may have had enough, as `head` has. What was begun is done all
 * the same, and its exit code is the true one.
 */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
