// What anybody can check without eyes: names, contrast, width. Returns sentences about what is wrong.
() => {
  const wrong = [];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
  const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 120)}`);

  for (const element of document.querySelectorAll("button, a[href], input, select, textarea, [role=tab], [role=switch]")) {
    if (!visible(element)) continue;
    const labelled = (element.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join("");
    const name = element.getAttribute("aria-label") || labelled || [...(element.labels || [])].map((one) => one.textContent).join("") || element.textContent || element.title;
    if (!name.trim()) say("has no name", element);
  }
  for (const image of document.images) if (!image.hasAttribute("alt")) say("has no alt", image);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) wrong.push(`id ${id} is there more than once`);
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);

  const numbers = (colour) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (front, back) => front.slice(0, 3).map((part, at) => part * front[3] + back[at] * (1 - front[3]));
  const backOf = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none" && one !== document.body) return null;
      const colour = numbers(style.backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    let base = layers.at(-1)[3] === 1 ? layers.pop().slice(0, 3) : numbers(getComputedStyle(document.documentElement).getPropertyValue("--back").trim()).slice(0, 3);
    for (const layer of layers.reverse()) base = over(layer, base);
    return base;
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.data.replace(/[\p{Extended_Pictographic}\s]/gu, "");
    if (!words || !visible(element) || element.closest(":disabled, .away, noscript, script")) continue;
    const back = backOf(element);
    if (!back) continue;
    const style = getComputedStyle(element);
    const front = over(numbers(style.color), back);
    const [high, low] = [light(front), light(back)].sort((one, other) => other - one);
    const ratio = (high + 0.05) / (low + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const key = `${style.color} on ${back}`;
    if (ratio < (large ? 3 : 4.5) && !seen.has(key)) {
      seen.add(key);
      wrong.push(`contrast ${ratio.toFixed(2)} of "${walker.currentNode.data.slice(0, 30)}" (${key})`);
    }
  }
  return wrong;
}
