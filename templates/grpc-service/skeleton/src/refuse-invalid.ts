import { Code, ConnectError } from '@connectrpc/connect';
import { BadRequestSchema } from './gen/google/rpc/error_details_pb.ts';

/**
 * Ends the call with INVALID_ARGUMENT unless every field is valid; the details
 * of the error name each that is not.
 *
 * @param fields - by the name the contract has for it: true, or what would be valid
 */
export function refuseInvalid(fields: Record<string, true | string>): void {
  const fieldViolations = Object.entries(fields).flatMap(([field, description]) =>
    description === true ? [] : [{ field, description }],
  );
  if (fieldViolations.length > 0) {
    const message = fieldViolations.map(({ field, description }) => `${field} ${description}`).join('; ');
    throw new ConnectError(message, Code.InvalidArgument, undefined, [{ desc: BadRequestSchema, value: { fieldViolations } }]);
  }
}
