// What the story editor gets beside what every page has.
import "./marks.js";
import "./people.js";
