declare module '@material-table/core/dist/defaults/props.options' {
  const options: { draggable: boolean };
  export default options;
}
