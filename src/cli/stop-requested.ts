/**
 * Resolves on the first signal, on a message of the launcher that started this process, or when the launcher is gone.
 * A second signal means "at once". A message may come beside the same signal, so neither counts as second to the other.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let isSignalled = false;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (isSignalled) process.exit(130);
        isSignalled = true;
        resolve();
      });
    }
    process.on('disconnect', resolve);
    process.on('message', (message) => {
      if (message === 'stop now') process.exit(130);
      if (message === 'stop') resolve();
    });
  });
}
