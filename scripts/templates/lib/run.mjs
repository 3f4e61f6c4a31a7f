import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a command may know of this machine: nothing of the portal, and no secret. */
export function cleanEnvironment(home, extra = {}) {
  const kept =
    /^(PATH|LANG|LC_ALL|TMPDIR|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|npm_config_(registry|cafile))$/i;
  return {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => kept.test(name)),
    ),
    HOME: home,
    // Where packages come from is the machine's affair; what they are is not
    NPM_CONFIG_USERCONFIG: join(homedir(), '.npmrc'),
    NPM_CONFIG_CACHE: join(homedir(), '.npm'),
    // Lock files name the digest of each package: nothing to ask again
    NPM_CONFIG_PREFER_OFFLINE: 'true',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
    // Go knows what it has compiled by what it was made of
    GOCACHE: process.env.GOCACHE || join(homedir(), '.cache/go-build'),
    CI: 'true',
    ...extra,
  };
}

/** Runs a command to its end; its output is the error when it fails. */
export function run(command, args, { cwd, env, timeoutMs = 180_000 }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    child.stderr.on('data', chunk => (output += chunk));
    const timer = setTimeout(
      () => process.kill(-child.pid, 'SIGKILL'),
      timeoutMs,
    );
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) {
        resolve(output);
      } else {
        const end = output.split('\n').slice(-40).join('\n');
        reject(
          new Error(`${command} ${args.join(' ')}: ${signal ?? code}\n${end}`),
        );
      }
    });
  });
}
