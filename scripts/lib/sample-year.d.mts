/** Tells a running portal what happened at the sample organisation since it was told last. */
export function sendSampleYear(options: {
  url: string;
  /** Where it is written down until when it was told: `sample-year.json`. */
  dataDir: string;
  now?: Date;
  signal?: AbortSignal;
}): Promise<number>;
