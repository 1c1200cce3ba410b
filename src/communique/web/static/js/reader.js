// What the pages do beyond links and forms; every page works without it.
import "./kept.js";
import "./article.js";
import "./keys.js";
