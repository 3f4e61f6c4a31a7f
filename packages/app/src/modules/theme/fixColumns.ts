import tableOptions from '@material-table/core/dist/defaults/props.options';

/**
 * Columns stay where they are. To be dragged, a table would put a second button
 * into the one that sorts by a column: two stops of the Tab key with one name.
 */
tableOptions.draggable = false;
