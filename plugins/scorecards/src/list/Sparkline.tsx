import styles from './Sparkline.module.css';

const WIDTH = 120;
const HEIGHT = 28;

/**
 * How a number went, without axes: what it says stands in words beside it, so that
 * nobody has to see it.
 */
export function Sparkline(props: {
  /** At least two, evenly spaced. */
  values: number[];
}) {
  const { values } = props;
  const lowest = Math.min(...values);
  const span = Math.max(...values) - lowest;
  const points = values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * (WIDTH - 4) + 2;
      // What never changed is a line in the middle
      const height = span === 0 ? 0.5 : (value - lowest) / span;
      return `${x.toFixed(1)},${(HEIGHT - 3 - height * (HEIGHT - 6)).toFixed(
        1,
      )}`;
    })
    .join(' ');
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      <polyline points={points} />
    </svg>
  );
}
