// Loaded into the backend before anything else: a backend whose starter is gone,
// killed or crashed, stops by itself instead of holding the port for ever.
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) {
    process.kill(process.pid, 'SIGTERM');
  }
}, 1000).unref();
