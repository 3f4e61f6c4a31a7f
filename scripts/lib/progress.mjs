/** Tells what is going on: a spinner on a terminal, plain lines elsewhere. */

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const plainIntervalMs = 15_000;

export function formatDuration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Runs one step, showing its title, what it is at and in the end its duration.
 *
 * @param {string} title
 * @param {(detail: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function step(title, work, stream = process.stdout) {
  const live = Boolean(stream.isTTY) && !process.env.CI;
  const started = Date.now();
  let detail = '';
  let printed = '';
  let frame = 0;

  const line = sign => {
    const text = [`${sign} ${title}`, detail].filter(Boolean).join(' · ');
    return `${text} (${formatDuration(Date.now() - started)})`;
  };
  const draw = () => {
    frame = (frame + 1) % frames.length;
    const width = Math.max(20, (stream.columns || 80) - 1);
    stream.write(`\r\u001b[2K${line(frames[frame]).slice(0, width)}`);
  };
  const plain = () => {
    printed = detail;
    stream.write(`${line('…')}\n`);
  };

  if (!live) {
    stream.write(`… ${title}\n`);
  }
  const timer = setInterval(live ? draw : plain, live ? 120 : plainIntervalMs);

  try {
    const result = await work(text => {
      detail = text;
    });
    clearInterval(timer);
    detail = '';
    stream.write(`${live ? '\r\u001b[2K' : ''}${line('✔')}\n`);
    return result;
  } catch (error) {
    clearInterval(timer);
    if (!live && detail === printed) {
      detail = '';
    }
    stream.write(`${live ? '\r\u001b[2K' : ''}${line('✖')}\n`);
    throw error;
  }
}
