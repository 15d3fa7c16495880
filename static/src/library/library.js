// What the story editor gets beside what every page has.
import "./people.js";
