// The table of YASR with cells of our own: it cleans the HTML of every cell of every row, which takes a second for each
// thousand rows. Cells made of text have nothing to be cleaned of. Numbers are said as 89, not as "89"^^xsd:integer,
// unless that is asked for.
import { names, termElement } from "./sparql-names.js";

const PLAIN = "http://www.w3.org/2001/XMLSchema#string";
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text) => text.replace(/[&<>]/g, (character) => ESCAPES[character]);

function cellElement(cell, known, whole) {
  const cover = document.createElement("div"), inner = cover.appendChild(document.createElement("span"));
  inner.append(termElement(cell, known));
  const mark = whole ? markOf(cell, known) : "";
  if (mark) inner.append(Object.assign(document.createElement("sup"), { textContent: mark }));
  return cover;
}

// The language or the datatype of a literal, as it is written.
function markOf({ type, datatype, "xml:lang": language }, known) {
  if (type === "uri" || type === "bnode") return "";
  if (language) return `@${language}`;
  return datatype && datatype !== PLAIN ? `^^${known.short(datatype)}` : "";
}

export function tableView(Table, setup) {
  return class TableView extends Table {
    constructor(yasr) {
      super(yasr); // the widths of columns are those of the page that is shown: to look at all rows takes seconds
      this.config = { ...this.config, tableConfig: { ...this.config.tableConfig, autoWidth: false } };
    }

    draw(chosen) { return super.draw({ compact: true, ...chosen }); }

    getColumns() {
      const known = names({ ...setup, prefixes: this.yasr.getPrefixes() });
      const render = (cell, use) => {
        if (!cell) return "";
        if (use === "display") return cellElement(cell, known, !this.persistentConfig.compact).outerHTML;
        return use === "filter" ? escaped(String(cell.value)) : cell.value; // DataTables reads what it filters as HTML
      };
      const [numbers, ...columns] = super.getColumns();
      return [numbers, ...columns.map((column) => ({ ...column, render }))];
    }
  };
}
