import { readFileSync } from 'node:fs';
import { buildSchema, graphql } from 'graphql';
import { GithubError } from '../http/GithubError.mjs';
import { reply } from '../http/reply.mjs';
import { principalOf } from '../state/principal.mjs';
import { accountNode, userNode } from './accounts.mjs';
import { createCommitOnBranch } from './createCommitOnBranch.mjs';
import { printError } from './errors.mjs';
import { query } from './query.mjs';

const schemaFile = new URL('./schema.graphql', import.meta.url);

/** `POST /api/graphql`: answers with 200 and `errors`, as GitHub does. */
export function createGraphql() {
  const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
  return async context => {
    const { state, req, body } = context;
    const principal = principalOf(state, req.headers.authorization);
    context.principal = principal;
    if (req.method !== 'POST') {
      throw new GithubError(404, 'Not Found');
    }
    if (principal.kind === 'anonymous' || principal.kind === 'app') {
      throw new GithubError(
        401,
        'This endpoint requires you to be authenticated.',
      );
    }
    if (typeof body.query !== 'string') {
      throw new GithubError(
        400,
        'A query attribute must be specified and must be a string.',
      );
    }
    const { data, errors } = await graphql({
      schema,
      source: body.query,
      rootValue: { ...query, createCommitOnBranch },
      contextValue: {
        state,
        principal,
        // Accounts have repositories, and repositories have accounts
        accounts: { accountNode, userNode },
      },
      variableValues: body.variables,
      operationName: body.operationName,
    });
    return reply(200, {
      ...(data !== undefined && { data }),
      ...(errors && { errors: errors.map(printError) }),
    });
  };
}
