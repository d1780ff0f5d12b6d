/** One icon of lucide, imported by itself: the package's index would load all of them. */
declare module 'lucide/dist/esm/icons/*.mjs' {
  const icon: import('lucide').IconNode;
  export default icon;
}
