/** A title such as `src/cart.ts › class Cart`, as lists in VS Code show a file: its name, then more quietly the rest. */
export function placeOf(title: string): { readonly name: string; readonly rest: string } {
  const [path = '', ...symbols] = title.split(' › ');
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? [] : [path.slice(0, slash)];
  return { name: path.slice(slash + 1), rest: [...folder, ...symbols].join(' › ') };
}
