import { cloudEvent } from '../../__testUtils__/cloudEvent';
import { databases, initDatabase } from '../../__testUtils__/databases';
import { DatabaseEventIntake } from '../../store/DatabaseEventIntake';
import { DatabaseEventList } from './DatabaseEventList';
import { EventPosition } from './EventList';

const entityRef = 'component:default/ledger';

describe.each(databases.eachSupportedId())('events kept on %s', id => {
  let intake: DatabaseEventIntake;
  let list: DatabaseEventList;

  beforeEach(async () => {
    const database = await initDatabase(id);
    intake = new DatabaseEventIntake({
      knex: database,
      now: Date.now,
      wake: () => {},
    });
    list = new DatabaseEventList({ database });
  });

  async function pages(options: {
    events: number;
    characters: number;
  }): Promise<string[][]> {
    for (let index = 0; index < options.events; index++) {
      const { data } = cloudEvent({ id: `${index}` });
      const customData = { blob: 'x'.repeat(options.characters) };
      await intake.accept([
        {
          event: { ...data, customData },
          entityRef,
          authority: entityRef,
          receivedFrom: 'ci:token:1',
          observed: false,
          sample: false,
        },
      ]);
    }
    const found: string[][] = [];
    let after: EventPosition | undefined;
    do {
      const { items, next } = await list.list({
        selection: { of: { entityRef } },
        limit: 500,
        after,
      });
      found.push(items.map(event => event.id));
      after = next;
    } while (after);
    return found;
  }

  it('shows none', async () => {
    expect(await pages({ events: 0, characters: 0 })).toEqual([[]]);
  });

  it('shows small ones on one page', async () => {
    expect(await pages({ events: 3, characters: 9 })).toEqual([
      ['2', '1', '0'],
    ]);
  });

  it('shows large ones on several pages, however many are asked for', async () => {
    expect(await pages({ events: 5, characters: 1_900_000 })).toEqual([
      ['4', '3'],
      ['2', '1'],
      ['0'],
    ]);
  });

  it('shows one that is larger than a page', async () => {
    expect(await pages({ events: 2, characters: 5_000_000 })).toEqual([
      ['1'],
      ['0'],
    ]);
  });
});
