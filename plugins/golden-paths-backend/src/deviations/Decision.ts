/**
 * What somebody decided about a deviation.
 *
 * @internal
 */
export interface Decision {
  decision: 'approve' | 'deny' | 'revoke';
  /** That it was decided upon. */
  reason: string;
  decidedBy: string;
  /** Milliseconds. */
  decidedAt: number;
  comment?: string;
  expiresAt?: number;
}
