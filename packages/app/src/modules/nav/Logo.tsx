import styles from './Logo.module.css';

/** A trail in the shape of a W that ends at a waymark; also in `public/icon.svg`. */
function Mark() {
  return (
    <>
      <path
        className={styles.trail}
        d="M4.5 8.5 10.5 25.5 16.5 11.5 22 25.5 25.2 16.5"
      />
      <circle className={styles.waymark} cx="27" cy="9" r="3.6" />
    </>
  );
}

/** The mark alone, for the closed sidebar. */
export function LogoIcon() {
  return (
    <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden="true">
      <Mark />
    </svg>
  );
}

/** The mark with the product's name, for the open sidebar. */
export function LogoFull() {
  return (
    <svg width={144} height={28} viewBox="0 0 164 32" aria-hidden="true">
      <Mark />
      <text className={styles.name} x={42} y={23.5}>
        Waymark
      </text>
    </svg>
  );
}
