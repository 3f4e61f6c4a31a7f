import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { CallerClient } from '@waymark/backend-support';
import { ScorecardsApi } from '@waymark/plugin-scorecards-common';
import { inputsOf } from './inputs';

const DECISIONS = [
  {
    action: 'approve',
    title: 'Approve an exemption',
    description:
      'Approves an exemption that somebody else asked for: the rule stands in nobody’s way until it ends.',
    destructive: false,
  },
  {
    action: 'deny',
    title: 'Deny an exemption',
    description: 'Denies an exemption, with the reason.',
    destructive: false,
  },
  {
    action: 'revoke',
    title: 'Revoke an exemption',
    description:
      'Ends an exemption before its time, with the reason. Who asked for it may always take it back.',
    destructive: true,
  },
] as const;

/**
 * To ask for exemptions and to decide on them.
 *
 * @internal
 */
export function registerExemptionActions(
  registry: ActionsRegistryService,
  client: CallerClient<ScorecardsApi>,
): void {
  registry.register({
    name: 'list-exemptions',
    title: 'List exemptions',
    description: 'Exemptions, newest first: who asked, who decided, and why.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => {
        const { entityRef, scorecardRef, owner, cursor, limit } = inputsOf(z);
        return z.object({
          state: z
            .array(
              z.enum(['requested', 'approved', 'denied', 'revoked', 'expired']),
            )
            .optional(),
          entity: entityRef.optional(),
          scorecard: scorecardRef.optional(),
          requestedBy: z.string().describe('The ref of a user').optional(),
          owner,
          cursor,
          limit,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.listExemptions(input))),
      },
    }),
  });

  registry.register({
    name: 'request-exemption',
    title: 'Ask for an exemption',
    description:
      'Asks that an entity be excused from a rule for a while. Somebody else has to approve it.',
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z => {
        const { entityRef, scorecardRef, ruleId } = inputsOf(z);
        const time = z.string().describe('A time with a zone in ISO 8601');
        return z.object({
          entityRef,
          scorecardRef,
          ruleId,
          reason: z.string(),
          startsAt: time.optional(),
          expiresAt: time,
        });
      },
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await client.call(credentials, api => api.requestExemption(input))),
      },
    }),
  });

  for (const { action, title, description, destructive } of DECISIONS) {
    registry.register({
      name: `${action}-exemption`,
      title,
      description,
      attributes: { readOnly: false, destructive, idempotent: false },
      schema: {
        input: z => {
          const note = z.string().describe('Why');
          return z.object({
            id: inputsOf(z).exemptionId,
            note: action === 'approve' ? note.optional() : note,
          });
        },
        output: z => z.object({}).passthrough(),
      },
      action: async ({ input, credentials }) => ({
        output: {
          ...(await client.call(credentials, api => {
            const { id, note = '' } = input;
            switch (action) {
              case 'approve':
                return api.approveExemption(input);
              case 'deny':
                return api.denyExemption({ id, note });
              default:
                return api.revokeExemption({ id, note });
            }
          })),
        },
      }),
    });
  }
}
