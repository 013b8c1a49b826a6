// Scripts and styles that only some views need: each is loaded once, when it is first asked for.
const asked = new Map();

function once(url, element) {
  if (!asked.has(url)) {
    asked.set(url, new Promise((resolve, reject) => {
      element.onload = () => resolve();
      element.onerror = () => {
        asked.delete(url); // whoever asks again tries again
        element.remove();
        reject(new Error(`${url.split("?")[0]} can't be loaded`));
      };
      document.head.append(element);
    }));
  }
  return asked.get(url);
}

// Scripts asked for together run in the order given.
export const script = (url) => once(url, Object.assign(document.createElement("script"), { src: url, async: false }));

export const style = (href) => once(href, Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
