CREATE TABLE word (text text NOT NULL);
