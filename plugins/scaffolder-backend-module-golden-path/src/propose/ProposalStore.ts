import { DatabaseService } from '@backstage/backend-plugin-api';

const TABLE = 'golden_path_proposals';

/**
 * Remembers which changes a run proposed, for the page of the run. Nothing else
 * goes by it: the proposal itself is the branch on the host.
 *
 * @internal
 */
export class ProposalStore {
  constructor(private readonly options: { database: DatabaseService }) {}

  /** Once, however often a run comes here. */
  async add(proposal: { taskId: string; url: string }): Promise<void> {
    const database = await this.options.database.getClient();
    await database(TABLE)
      .insert({ task_id: proposal.taskId, url: proposal.url })
      .onConflict(['task_id', 'url'])
      .ignore();
  }

  /** Addresses of the changes of one run, in the order in which it made them. */
  async list(options: { taskId: string }): Promise<string[]> {
    const database = await this.options.database.getClient();
    return database(TABLE)
      .where({ task_id: options.taskId })
      .orderBy('id')
      .pluck('url');
  }
}
