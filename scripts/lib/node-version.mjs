/** Which Node the portal itself runs on; the scripts before it take any ≥ 18. */

export const privateNodeVersion = '24.21.0';
export const privateYarnVersion = '4.18.1';

/** Whether the portal runs on this version of Node, such as `v24.1.0`. */
export function suitsPortal(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 12);
}
