import { FactResult } from './FactStore';

/** @internal */
export function rejected({ name, message }: Error): FactResult {
  return { status: 'rejected', error: { name, message } };
}
