/* Waits in a frame for the page around it to say which space to open, and goes there: on this server, and nowhere else. */
addEventListener("message", (message) => {
  const event = message.source === parent && message.data?.flatfileEvent;
  if (event?.topic !== "portal:initialize" || event.payload?.status !== "complete") return;
  const url = URL.canParse(event.payload.spaceUrl) && new URL(event.payload.spaceUrl);
  if (url && url.origin === location.origin && /^(\/s)?\/space\//.test(url.pathname)) location.replace(url);
});
