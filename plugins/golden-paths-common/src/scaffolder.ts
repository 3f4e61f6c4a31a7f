/**
 * The source of the events that tell of runs of the scaffolder. Only events that
 * were observed count under this name: anybody may write it.
 *
 * @public
 */
export const SCAFFOLDER_SOURCE = '/api/scaffolder';
