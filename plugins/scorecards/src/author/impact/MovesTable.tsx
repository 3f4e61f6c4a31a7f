import {
  RiArrowDownLine,
  RiArrowRightLine,
  RiArrowUpLine,
} from '@remixicon/react';
import type { PreviewResponse } from '@waymark/plugin-scorecards-common';
import { formatNumber, ScrollTable } from '@waymark/ui';
import { directionOf, titleOf, type Direction } from './moves';
import styles from './impact.module.css';

const LOOKS = {
  down: { word: 'Down', Icon: RiArrowDownLine },
  up: { word: 'Up', Icon: RiArrowUpLine },
  other: { word: 'Another level', Icon: RiArrowRightLine },
} as const;

/** What one looks at first. */
const ORDER: Direction[] = ['down', 'other', 'up'];

/** From which level to which, and how many. */
export function MovesTable(props: {
  levels: PreviewResponse['levels'];
  moves: PreviewResponse['impact']['moves'];
}) {
  const { levels } = props;
  const moves = props.moves
    .map(move => ({ ...move, direction: directionOf(levels, move) }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.direction) - ORDER.indexOf(b.direction) ||
        b.entities - a.entities,
    );
  return (
    <ScrollTable caption="Moves from level to level">
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Direction</th>
          <th scope="col" data-numeric>
            Entities
          </th>
        </tr>
      </thead>
      <tbody>
        {moves.map(({ from, to, entities, direction }) => {
          const { word, Icon } = LOOKS[direction];
          return (
            <tr key={`${from ?? ''}>${to ?? ''}`}>
              <th scope="row">{titleOf(levels, from)}</th>
              <td>{titleOf(levels, to)}</td>
              <td>
                <span className={styles.sign}>
                  <Icon size={16} aria-hidden="true" /> {word}
                </span>
              </td>
              <td data-numeric>{formatNumber(entities)}</td>
            </tr>
          );
        })}
      </tbody>
    </ScrollTable>
  );
}
