"""First names, with the gender that most people of the name have.

The names of the US Census of 1990 (public domain), without those that are common words or places,
and names that the news of other countries use often.
"""

from __future__ import annotations

from reader.core.speech.lexicon import words

MASCULINE = words(
    """
    Aaron Abdul Abe Abel Abraham Abram Adalberto Adam Adan Adolfo Adolph Adrian Agustin Ahmad Ahmed
    Al Alan Albert Alberto Alden Aldo Alec Alejandro Alex Alexander Alfonso Alfonzo Alfred Alfredo
    Ali Allan Allen Alonso Alonzo Alphonse Alphonso Alton Alvaro Alvin Amado Ambrose Amos Anderson
    Andre Andreas Andres Andrew Andy Angelo Anibal Anthony Antione Antoine Anton Antone Antonio
    Antony Antwan Archie Arden Arlen Arlie Armand Armando Arnold Arnoldo Arnulfo Aron Arron Arthur
    Arturo Asa August Augustus Aurelio Avery Barack Barney Barrett Barry Bart Barton Basil Beau Ben
    Benedict Benito Benjamin Bennett Bennie Benny Benton Bernard Bernardo Berry Bert Bertram Bill
    Billy Blaine Blake Bo Bob Bobby Booker Boris Boyce Boyd Brad Bradford Bradley Bradly Brady
    Brain Branden Brandon Brant Brendan Brendon Brent Brenton Bret Brett Brian Brice Brock
    Broderick Brooks Bruce Bruno Bryan Bryant Bryce Bryon Buck Bud Buddy Buford Burl Burt Burton
    Buster Byron Caleb Calvin Cameron Carl Carlo Carlos Carlton Carmelo Carmine Carroll Carson
    Carter Cary Cecil Cedric Cedrick Cesar Chad Chadwick Chance Chang Charles Charley Charlie Chas
    Chase Chauncey Chet Chris Christian Christoper Christopher Chuck Clarence Clark Claud Claude
    Claudio Clay Clayton Clement Clemente Cletus Cleveland Cliff Clifford Clifton Clint Clinton
    Clyde Cody Colby Cole Coleman Colin Collin Colton Conrad Cordell Corey Cornelius Cornell Cortez
    Cory Coy Craig Cristobal Cristopher Curt Curtis Cyril Cyrus Dale Dalton Damian Damien Damion
    Damon Dan Dane Danial Daniel Danilo Dannie Danny Dante Darell Daren Darin Dario Darius Darnell
    Daron Darrel Darrell Darren Darrick Darrin Darron Darryl Darwin Daryl Dave David Davis Dean
    Deandre Deangelo Del Delbert Delmar Delmer Demarcus Demetrius Denis Dennis Denny Deon Derek
    Derick Derrick Deshawn Desmond Devin Dewayne Dewey Dewitt Dexter Dick Diego Dillon Dino Dion
    Dirk Dmitri Domenic Domingo Dominic Dominick Don Donald Donn Donnell Donnie Donny Donovan Donte
    Dorsey Doug Douglas Douglass Doyle Drew Duane Dudley Duncan Dustin Dwain Dwayne Dwight Dylan
    Earl Earle Earnest Ed Eddie Eddy Edgar Edgardo Edison Edmond Edmund Edmundo Eduardo Edward
    Edwardo Edwin Efrain Efren Elbert Elden Eldon Eldridge Eli Elias Elijah Eliseo Elliot Elliott
    Ellis Ellsworth Elmer Elmo Eloy Elroy Elton Elvin Elvis Elwood Emanuel Emerson Emery Emil Emile
    Emilio Emmanuel Emmett Emmitt Emory Enoch Enrique Erasmo Eric Erich Erick Erik Ernest Ernesto
    Ernie Errol Ervin Erwin Esteban Ethan Eugene Eugenio Eusebio Evan Everett Everette Ezekiel
    Ezequiel Ezra Fabian Faustino Fausto Federico Felipe Felix Felton Ferdinand Fermin Fernando
    Fidel Filiberto Fletcher Florencio Florentino Floyd Forest Forrest Foster Francesco Francis
    Francisco Frank Franklin Franklyn Fred Freddie Freddy Frederic Frederick Fredric Fredrick
    Freeman Fritz Gabriel Galen Garfield Garland Garret Garrett Garry Garth Gary Gaston Gavin
    Gaylord Genaro Gene Geoffrey George Gerald Geraldo Gerard Gerardo German Gil Gilbert Gilberto
    Gino Giovanni Giuseppe Glen Glenn Gonzalo Gordon Grady Graham Graig Grant Granville Greg Gregg
    Gregorio Gregory Grover Guillermo Gus Gustavo Günter Hai Hal Hank Hans Harlan Harland Harley
    Harold Harris Harrison Harry Harvey Hassan Hayden Haywood Heath Hector Henrik Henry Herb
    Herbert Heriberto Herman Herschel Hershel Hilario Hilton Hipolito Hiram Hobert Hollis Homer
    Horace Horacio Hosea Howard Hoyt Hubert Huey Hugh Hugo Humberto Hung Hunter Hyman Ian Ignacio
    Ike Imran Ira Irvin Irving Irwin Isaac Isaiah Isaias Isiah Isidro Ismael Isreal Issac Ivan
    Jacinto Jack Jackson Jacob Jacques Jake Jamaal Jamal Jamar Jame Jamel James Jamison Jared Jarod
    Jarred Jarrett Jarrod Jarvis Jason Jasper Javier Jay Jayson Jc Jeb Jed Jeff Jefferey Jefferson
    Jeffery Jeffrey Jeffry Jerald Jeramy Jere Jeremiah Jeremy Jermaine Jerold Jerome Jeromy Jerrell
    Jerrod Jerrold Jerry Jess Jesse Jesus Jim Jimmy Joaquin Joe Joel Joesph Joey John Johnathan
    Johnathon Johnny Johnson Jon Jonah Jonas Jonathan Jonathon Jordon Jorge Jose Josef Joseph Josh
    Joshua Josiah Jospeh Josue Juan Judson Jules Julian Julio Julius Junior Justin Jürgen Kareem
    Karl Keenan Keith Kelvin Ken Kendrick Keneth Kenneth Kennith Kenny Kent Kenton Kermit Keven
    Kevin Kieth King Kip Kirby Kirk Klaus Korey Kory Kraig Kristofer Kristopher Kurt Kurtis Kyle
    Lamar Lamont Lance Landon Lanny Larry Lars Laurence Lawerence Lawrence Lazaro Leandro Leif
    Leland Lemuel Len Lenard Lenny Leo Leon Leonard Leonardo Leonel Leopoldo Leroy Les Lester Levi
    Lewis Lincoln Lino Linwood Lionel Lloyd Logan Lon Lonnie Lonny Loren Lorenzo Louie Louis Lowell
    Loyd Luca Lucan Lucas Luciano Lucien Lucio Lucius Luigi Luis Luke Luther Lyle Lyman Lyndon
    Lynwood Mac Mack Major Malcolm Malcom Malik Manual Manuel Marc Marcel Marcelino Marcellus
    Marcelo Marco Marcos Marcus Margarito Mariano Mario Mark Markus Marlin Marlon Marquis Marshall
    Martin Marty Marvin Mason Mathew Matt Matthew Maurice Mauricio Mauro Max Maximo Maxwell Maynard
    Mckinley Mehmet Mel Melvin Merlin Merrill Mervin Micah Michael Michale Micheal Michel Miguel
    Mike Mikel Milan Miles Milford Millard Milo Milton Miquel Mitch Mitchel Mitchell Mitt Modesto
    Mohamed Mohammad Mohammed Moises Monroe Monte Monty Morris Morton Mose Moses Moshe Murray Myles
    Myron Napoleon Nathan Nathanael Nathanial Nathaniel Neal Ned Neil Nelson Nestor Neville Newt
    Newton Nicholas Nick Nickolas Nicolas Nigel Noah Noble Noe Noel Nolan Norbert Norberto Norman
    Normand Norris Octavio Odis Olaf Olen Olin Oliver Omar Omer Oren Orlando Orval Orville Oscar
    Osvaldo Oswaldo Otis Otto Owen Pablo Palmer Parker Pasquale Patrick Paul Pedro Percy Perry Pete
    Peter Phil Philip Phillip Pierre Porfirio Porter Preston Prince Quentin Quincy Quinn Quintin
    Quinton Rafael Raleigh Ralph Ramiro Ramon Randal Randall Randell Randolph Randy Raphael Rashad
    Raul Ray Rayford Raymon Raymond Raymundo Reed Reggie Reginald Reid Reinaldo Renaldo Renato
    Reuben Rex Rey Reyes Reynaldo Rhett Ricardo Richard Richie Rick Rickey Rickie Ricky Rico
    Rigoberto Riley Rob Robby Robert Roberto Robt Rocco Rocky Rod Roderick Rodger Rodney Rodolfo
    Rodrick Rodrigo Rogelio Roger Roland Rolando Rolf Rolland Roman Romeo Ron Ronald Ronnie Ronny
    Roosevelt Rory Roscoe Rosendo Ross Roy Royal Royce Ruben Rubin Rudolf Rudolph Rudy Rueben Rufus
    Rupert Russ Russel Russell Rusty Ryan Sal Salvador Salvatore Sam Sammy Samual Samuel Santo
    Santos Saul Scot Scott Scottie Scotty Sean Sebastian Sergei Sergio Seth Seymour Shad Shane
    Shaun Shawn Sheldon Shelton Sherman Sherwood Shon Sid Sidney Silas Simon Sol Solomon Son Sonny
    Spencer Stan Stanford Stanley Stanton Stefan Stephan Stephen Sterling Steve Steven Stewart
    Stuart Sylvester Tad Tanner Ted Teddy Teodoro Terence Terrance Terrell Terrence Thad Thaddeus
    Theodore Theron Thomas Thurman Tim Timmy Timothy Titus Tobias Toby Tod Todd Tom Tomas Tommy
    Toney Tony Tory Travis Trent Trenton Trevor Trey Troy Truman Tuan Ty Tyler Tyree Tyrell Tyron
    Tyrone Tyson Ulysses Valentin Valentine Vance Vaughn Vern Vernon Vicente Victor Vince Vincent
    Vincenzo Virgil Virgilio Vito Vladimir Von Wade Waldo Walker Wallace Wally Walter Walton Ward
    Warner Warren Waylon Wayne Weldon Wendell Werner Wes Wesley Weston Wilber Wilbert Wilbur
    Wilburn Wiley Wilford Wilfred Wilfredo Will Willard William Williams Willian Willis Willy
    Wilmer Wilson Wilton Winford Winfred Winston Wm Wolfgang Woodrow Wyatt Xavier Yusuf Zachariah
    Zachary Zachery Zack Zackary Zane
    """
)
"""The names that most often belong to men."""

FEMININE = words(
    """
    Abbey Abbie Abby Abigail Ada Addie Adela Adelaida Adelaide Adele Adelia Adelina Adeline Adell
    Adella Adelle Adina Adria Adriana Adriane Adrianna Adrianne Adrienne Afton Agatha Agnes
    Agustina Aida Aileen Aimee Aisha Aja Alaina Alana Alanna Alba Alberta Albertha Albertina
    Albertine Albina Alda Alecia Alejandra Alejandrina Alena Alene Alesha Alesia Aleta Aletha
    Alethea Alexa Alexandra Alexandria Alexia Alfreda Alia Alica Alice Alicia Alida Alina Aline
    Alisa Alisha Alison Alissa Allene Allie Allison Allyson Alma Almeda Alpha Alta Altagracia
    Althea Alvina Alyce Alycia Alysia Alyson Alyssa Amada Amalia Amanda Amber Amelia Ami Amie Amina
    Amparo Amy Ana Anabel Anastacia Anastasia Andra Andria Anette Angela Angelia Angelica
    Angelina Angeline Angelique Angelita Angella Angie Anglea Anh Anika Anissa Anita Anitra Ann
    Anna Annabel Annabelle Annamarie Anne Anneke Anneliese Annemarie Annetta Annette Annie Annmarie
    Antionette Antoinette Antonette Antonia Antonina Anya Araceli Aracely Arcelia Ardella Ardis
    Ardith Aretha Ariana Arielle Arleen Arlene Arlette Arline Armida Arnetta Artie Asha Ashely
    Ashlee Ashleigh Ashley Ashli Ashlie Ashly Ashton Astrid Athena Audra Audrey Audry Augusta Aura
    Aurea Aurelia Aurora Ava Avis Awilda Ayana Ayanna Ayesha Babara Babette Bailey Bambi Barb
    Barbara Barbie Barbra Bea Beatrice Beatriz Beckie Becky Belen Belia Belinda Bella Belle Belva
    Benita Berenice Bernadette Bernadine Bernice Berniece Bernita Berta Bertha Bertie Beryl Bess
    Bessie Beth Bethany Bethel Betsy Bette Bettie Bettina Betty Bettye Beulah Beverley Beverly
    Bianca Billie Billye Birdie Blanca Blanch Blanche Bobbi Bobbie Bobbye Bonita Bonnie Bonny
    Brandee Brandi Brandie Brandy Breanna Breanne Bree Brenda Brenna Briana Brianna Brianne Bridget
    Bridgett Bridgette Brigette Brigid Brigitte Britany Britney Britni Brittani Brittany Brittney
    Brook Brooke Brunilda Buffy Caitlin Caitlyn Callie Camelia Cami Camilla Camille Candace
    Candance Candelaria Candi Candice Candida Candie Candis Candy Cara Caren Cari Caridad Carie
    Carin Carina Carissa Carla Carleen Carlene Carletta Carlota Carlotta Carly Carlyn Carma Carman
    Carmel Carmela Carmelita Carmella Carmen Carol Carolann Carole Carolee Caroline Carolyn
    Carolynn Caron Carri Carrie Caryl Caryn Casandra Casie Cassandra Cassidy Cassie Catalina
    Catharine Catherine Cathi Cathie Cathleen Cathrine Cathryn Cathy Catina Catrina Cecelia Cecile
    Cecilia Cecily Celeste Celestina Celestine Celia Celina Celine Chana Chanda Chandra Chanel
    Chantal Chantel Chantelle Charissa Charisse Charity Charla Charleen Charlene Charlette Charline
    Charlotte Charmaine Charolette Chasity Chastity Chaya Chelsea Chelsey Chelsie Cherie Cherise
    Cherly Cherri Cherrie Cherry Cheryl Cheryle Cheyenne Chiquita Chloe Chloé Chrissy Christa
    Christal Christel Christen Christene Christi Christiana Christiane Christie Christin Christina
    Christine Christy Chrystal Chun Ciara Cierra Cinda Cindi Cindy Cinthia Claire Clara Clare
    Claribel Clarice Clarissa Claudette Claudia Claudine Clementina Clementine Cleta Coleen Colette
    Colleen Collette Concepcion Concetta Conchita Connie Constance Consuela Consuelo Cora Coral
    Corazon Cordelia Coreen Corene Coretta Cori Corina Corine Corinna Corinne Cornelia Corrie
    Corrina Corrine Cortney Courtney Crista Cristal Cristi Cristin Cristina Cristine Cristy Crystal
    Cyndi Cynthia Cythia Dahlia Daisey Daisy Dalia Dalila Damaris Danelle Danette Dani Dania Danica
    Daniela Daniele Daniella Danielle Danita Danna Dannielle Danyelle Daphne Dara Darci Darcie
    Darcy Daria Darla Darleen Darlene Darline Davida Davina Dawna Dayna Deana Deann Deanna Deanne
    Deb Debbi Debbie Debbra Debby Debi Debora Deborah Debra Debrah Dedra Deeann Deena Deidra Deidre
    Deirdre Delfina Delia Delilah Delinda Della Delma Delois Delora Delores Deloris Delphia
    Delphine Delta Demetra Demetria Dena Deneen Denice Denise Denita Denna Dennise Desirae Desiree
    Dessie Destiny Diamond Dian Diana Diane Diann Dianna Dianne Dina Dinah Dionne Dixie Dollie
    Dolly Dolores Domenica Dominga Dona Donita Donna Dora Dorcas Doreen Dorene Doretha Dori Dorinda
    Dorine Doris Dorotha Dorothea Dorothy Dorris Dortha Dorthea Dorthy Dottie Dovie Drucilla Dulce
    Earlene Earline Earnestine Eartha Easter Eboni Ebony Eda Edelmira Eden Edie Edith Edna Edwina
    Edythe Effie Eileen Elaina Elaine Elana Elayne Elba Elda Eldora Eleanor Eleanora Eleanore
    Elease Elena Elenor Elenora Elfriede Elia Elida Elinor Elisa Elisabeth Elise Elissa Eliza
    Elizabeth Elizbeth Elizebeth Ella Ellen Ellie Elma Elmira Elna Elnora Elodia Eloisa Eloise
    Elouise Elsa Else Elsie Elva Elvera Elvia Elvira Elyse Emelia Emilee Emilia Emilie Emily Emma
    Emmie Emmy Emogene Ena Enedina Enid Enriqueta Erica Ericka Erika Erin Erlene Erlinda Erma Erna
    Ernestina Ernestine Esmeralda Esperanza Essie Esta Estela Estell Estella Estelle Ester Esther
    Estrella Ethel Ethelyn Etta Eugenia Eugenie Eula Eulalia Eun Eunice Eva Evalyn Evangelina
    Evangeline Eve Evelia Evelina Eveline Evelyn Evelyne Evette Evie Evon Evonne Fabiola Fallon
    Fannie Fanny Farrah Fatima Fawn Fay Faye Felecia Felica Felice Felicia Felicita Felicitas
    Felipa Felisa Felisha Fern Ferne Filomena Fiona Flo Flor Flora Florence Florencia Florene
    Florentina Florinda Florine Flossie Floy Fonda Fran Frances Francesca Francine Francisca Freda
    Freida Frieda Gabriela Gabriella Gabrielle Gail Garnet Gay Gaye Gayla Gayle Gaynell
    Gemma Gena Geneva Genevieve Genoveva Georgene Georgetta Georgette Georgia Georgiana Georgianna
    Georgie Georgina Geraldine Geralyn Gerda Geri Germaine Gerri Gertie Gertrude Gia Gigi Gilda
    Gillian Gina Ginger Ginny Giovanna Gisela Gisele Giselle Gladis Gladys Glenda Glenna Gloria
    Glory Golda Goldie Grace Gracie Graciela Gregoria Greta Gretchen Gretta Griselda Guillermina
    Gussie Gwen Gwendolyn Ha Hailey Haley Hallie Hana Hanna Hannah Hanne Harmony Harriet Harriett
    Harriette Hattie Haydee Hayley Hazel Heather Hedwig Heide Heidi Heike Helen Helena Helene Helga
    Hellen Henrietta Henriette Henrike Herlinda Hermelinda Hermine Herminia Hester Hettie Hilary
    Hilda Hildegard Hillary Hilma Hiroko Hoa Holley Holli Hollie Holly Hope Hortencia Hortense
    Hortensia Hui Hulda Huong Hyun Ida Idalia Idell Idella Iesha Ignacia Ila Ileana Ilene Iliana
    Ilona Ilse Ima Imelda Imogene Ina Ines Inez Inga Inge Ingeborg Ingrid Iola Iona Ione Irena
    Irene Iris Irma Irmgard Isabel Isabell Isabella Isabelle Isela Iva Ivanka Ivette Ivonne Ivy
    Jacalyn Jacinta Jackeline Jacki Jacklyn Jaclyn Jacque Jacquelin Jacqueline Jacquelyn Jacquline
    Jacqulyn Jada Jade Jaimie Jami Jamila Jammie Jana Janae Jane Janeen Janel Janell Janelle Janene
    Janessa Janet Janetta Janette Janey Janice Janie Janina Janine Janis Janna Jannette Jannie
    Jaqueline Jasmin Jasmine Jaunita Jayme Jayne Jazmin Jeana Jeane Jeanetta Jeanette Jeanie
    Jeanine Jeanna Jeanne Jeannette Jeannie Jeannine Jena Jenell Jenelle Jenette Jenifer Jeniffer
    Jenise Jenna Jennette Jenni Jennie Jennifer Jenniffer Jenny Jeraldine Jeri Jerilyn Jerri Jerrie
    Jesenia Jesica Jessi Jessica Jettie Jewel Jewell Jill Jillian Jina Jo Joan Joana Joanie Joann
    Joanna Joanne Jocelyn Jodee Jodi Jodie Joelle Joellen Joetta Johanna Johnetta Johnna Joi Joleen
    Jolene Jolie Jolynn Jonell Jonelle Joni Jonna Jonnie Josefa Josefina Joselyn Josephina
    Josephine Josette Josie Jovita Joyce Joycelyn Joye Juana Juanita Judi Judie Judith Judy Juli
    Julia Juliana Juliann Julianna Julianne Julie Juliet Julieta Juliette Julissa Jung Justina
    Justine Kacey Kaci Kacie Kaitlin Kaitlyn Kala Kali Kami Kandace Kandi Kandice Kandy Kara Karan
    Karen Kari Karie Karin Karina Karissa Karla Karlene Karol Karolyn Karon Karren Karri Karrie
    Karyn Kasandra Kassandra Kate Katelyn Kathaleen Katharina Katharine Katherine Katheryn Kathi
    Kathie Kathleen Kathlene Kathlyn Kathrine Kathryn Kathryne Kathy Kathyrn Kati Katie Katina
    Katrina Kattie Katy Kay Kaye Kayla Kaylee Kaylene Kecia Keely Keesha Keiko Keisha Keli Kelley
    Kelli Kellie Kelly Kellyanne Kelsey Kelsie Kendra Kenna Kenyatta Kenyetta Keri Kerri Kerrie
    Kesha Keshia Kia Kiara Kiera Kiesha Kiley Kim Kimberely Kimberlee Kimberley Kimberli Kimberly
    Kira Kirsten Kirstin Kisha Kitty Kizzy Kori Kourtney Krista Kristal Kristan Kristen Kristi
    Kristian Kristie Kristin Kristina Kristine Kristy Kristyn Krystal Krystle Krystyna Kum Kyla
    Kylee Kylie Kyong Kyra Kyung Lacey Laci Lacie Ladonna Lai Laila Lakeisha Lakesha Lakeshia
    Lakisha Lan Lana Lanette Lani Lanita Laquita Lara Larhonda Larisa Larissa Larue Lashanda
    Lashawn Lashonda Lashunda Latanya Latasha Laticia Latisha Latonia Latonya Latosha Latoya
    Latrice Latricia Latrina Laura Laureen Laurel Lauren Laurene Lauretta Laurette Lauri Laurie
    Lavada Laverna Lavina Lavinia Lavon Lavonda Lavonne Lawanda Lea Leah Leana Leandra Leann Leanna
    Leanne Leatha Leatrice Leda Leeann Leesa Leigh Leila Leilani Leisa Lela Lelia Lena Lennie
    Lenora Lenore Leola Leona Leone Leonor Leonora Leora Leota Lesa Lesia Leslee Lesley Lesli
    Lessie Leta Letha Leticia Letitia Lettie Letty Li Lia Liana Liane Libby Lida Lidia Lien Liesel
    Lila Lilia Lilian Liliana Lilla Lillian Lillie Lilly Lily Lin Lina Linda Lindsay Lindsey Lindy
    Linette Linh Linnea Linnie Linsey Lisa Lise Lisette Lissa Lissette Lita Liz Liza Lizabeth
    Lizbeth Lizette Lizzie Lois Lola Lolita Lona Loni Lonna Lora Loraine Loree Loreen Lorelei
    Lorena Lorene Lorenza Loretta Lori Lorie Lorinda Lorine Lorna Lorraine Lorretta Lorri Lorrie
    Lottie Louann Louella Louisa Louise Lourdes Louvenia Lovie Loyce Lu Luana Luann Luanne Lucia
    Luciana Lucie Lucienne Lucila Lucile Lucille Lucina Lucinda Lucrecia Lucretia Lucy Lue Luella
    Luisa Lula Lulu Lupita Lura Luvenia Luz Lyda Lydia Lyla Lyn Lynda Lyndsay Lyndsey Lynette Lynne
    Lynnette Ma Mabel Mable Machelle Mackenzie Madalyn Madeleine Madeline Madelyn Madge Madie
    Madison Madonna Mae Maegan Magaly Magda Magdalena Magdalene Maggie Magnolia Mai Maira Majorie
    Malia Malinda Malissa Mallory Mamie Mandi Mandy Manuela Mara Maranda Marcela Marcelina Marcella
    Marcelle Marci Marcia Marcie Marcy Margaret Margarete Margarett Margarette Margarita Margarite
    Marge Margery Margie Margit Margo Margot Margret Marguerite Margurite Mari Maria Mariah Mariam
    Marian Mariana Mariann Marianna Marianne Maribel Maribeth Maricela Marie Mariela Marietta
    Marilee Marilou Marilyn Marilynn Marina Marisa Marisela Marisol Marissa Marita Maritza Marjorie
    Marjory Marla Marlena Marlene Marlo Marlyn Marlys Marnie Marquerite Marquita Marry Marsha Marta
    Martha Marti Martina Martine Marva Marvel Mary Maryann Maryanne Marybeth Maryellen Maryjane
    Maryjo Marylee Marylin Marylou Marylyn Masako Mathilda Matilda Matilde Mattie Maud Maude Maudie
    Maura Maureen Maurine Mavis Maxie Maxine Maya Maybelle Mayme Mayra Mazie Meagan Meaghan
    Mechelle Mee Meg Megan Meghan Megyn Mei Melania Melanie Melba Melina Melinda Melisa Melissa
    Mellisa Mellissa Melodie Melody Melonie Melony Melva Melvina Mercedes Mercy Meredith Merlene
    Merri Merry Meryl Meta Mi Mia Micaela Michaela Michell Michelle Michiko Micki Mickie
    Migdalia Mikki Mila Milagros Mildred Milissa Millicent Millie Mimi Min Mina Mindi Mindy Minerva
    Minnie Mira Miranda Mireya Miriam Mirian Mirna Mirta Missy Misti Misty Mittie Mitzi Modesta
    Moira Mollie Molly Mona Monica Monika Monique Mozell Mozelle Mui Muriel Myong Myra Myriam Myrna
    Myrtice Myrtis Myrtle Nada Nadia Nadine Nakia Nakisha Nan Nanci Nancy Nanette Nannette Nannie
    Naomi Natalia Natalie Natasha Nathalie Natividad Nedra Nelda Nelia Nelida Nell Nella Nelle
    Nellie Nelly Nena Neoma Nereida Neta Nettie Neva Nga Ngoc Nia Nichelle Nichol Nichole Nicki
    Nickie Nicola Nicolasa Nicole Nicolette Nicolle Nidia Niki Nikita Nikki Nikole Nila Nilda Nilsa
    Nina Ninfa Nita Noelia Noella Noelle Noemi Nola Nona Nora Noreen Norene Norine Norma Nova
    Novella Nydia Ocie Octavia Odessa Odette Ofelia Ok Ola Oleta Olga Oliva Olive Olivia Olympia
    Oma Ona Opal Ophelia Ora Oralia Orpha Ossie Otilia Ouida Page Paige Palma Pam Pamala Pamela
    Pamelia Pansy Paola Particia Patience Patrica Patrice Patricia Patrina Patsy Patti Pattie Patty
    Paula Paulette Paulina Pauline Pearl Pearle Pearlie Pearline Peggie Peggy Penelope Pennie Penny
    Perla Petra Phillis Philomena Phoebe Phuong Phylis Phyliss Phyllis Pia Pilar Pinkie Piper Polly
    Portia Precious Pricilla Princess Priscilla Prudence Queen Queenie Quiana Rachael Racheal
    Rachel Rachell Rachelle Racquel Rae Rafaela Raina Ramona Ramonita Rana Randa Randi Raquel
    Rashida Raven Rayna Reba Rebeca Rebecca Rebekah Regan Regena Regina Reina Rena Renae Renata
    Renate Renea Renee Renita Reta Retha Retta Reva Reyna Rhea Rhiannon Rhoda Rhonda Richelle Rikki
    Rina Risa Rita Robbin Roberta Robin Robyn Rochelle Rocio Rolanda Roma Romana Romelia Romona
    Rona Ronda Roni Ronna Rosa Rosalba Rosalee Rosalia Rosalie Rosalina Rosalind Rosalinda Rosaline
    Rosalva Rosalyn Rosamond Rosanna Rosanne Rosaria Rosaura Rose Roseann Roseanna Roseanne Rosella
    Roselyn Rosemarie Rosemary Rosetta Rosie Rosina Rosita Roslyn Rowena Roxana Roxane Roxann
    Roxanna Roxanne Roxie Rubie Ruby Rubye Rufina Ruth Ruthann Ruthie Sabina Sabine Sabra Sabrina
    Sade Sadie Salina Sallie Sally Salome Samantha Samatha Sandi Sandra Sandy Sanjuana Sanjuanita
    Santa Sara Sarah Sarita Sasha Saundra Savannah Scarlett Selena Selina Selma Serena Serina
    Shaina Shalonda Shameka Shamika Shana Shanda Shandra Shaneka Shanell Shani Shanice Shanika
    Shanita Shanna Shannan Shannon Shanon Shanta Shante Shantel Shantell Shara Sharee Sharen Shari
    Sharita Sharla Sharlene Sharon Sharonda Sharron Sharyn Shasta Shauna Shavon Shawanda Shawna
    Shawnee Shay Shayla Shayna Shea Sheena Sheila Shelba Shelia Shelley Shelli Shellie Shelly Shena
    Sheree Sheri Sherie Sherilyn Sherita Sheron Sherri Sherrie Sherrill Sherron Sherry Sherryl
    Sheryl Shiela Shirlee Shirlene Shirley Shirly Shona Shonda Shu Sibyl Sierra Sigrid Silvia
    Simona Siobhan Skye Socorro Sofia Soledad Sommer Sondra Sonia Sonja Sonya Soon Sophia
    Sophie Spring Stacey Staci Stacia Stacie Stacy Starla Starr Stefani Stefanie Stella Stephaine
    Stephane Stephani Stephanie Stephany Stephenie Stephine Stormy Su Sue Suellen Sunshine Susan
    Susana Susann Susanna Susannah Susanne Susie Suzan Suzann Suzanna Suzanne Suzette Suzie Suzy
    Svetlana Sybil Syble Sylvia Ségolène Tabatha Tabitha Talia Tamar Tamara Tamatha Tameka Tamela
    Tamera Tami Tamie Tamika Tamiko Tammi Tammie Tammy Tamra Tana Tanesha Tangela Tania Tanika
    Tanisha Tanja Tanya Tara Tarah Tarsha Taryn Tasha Tatiana Tawana Tawanda Tawanna Tawnya Teena
    Tena Tenisha Teodora Tera Teresa Terese Teresita Teressa Teri Terra Terri Terrie Tess Tessa
    Tessie Thalia Thea Theda Thelma Theodora Theresa Therese Thersa Thomasina Thresa Thu Thuy Tia
    Tiana Tiara Tierra Tiffani Tiffanie Tiffany Tiffiny Tillie Tina Tisha Tomasa Tomeka Tomika Toni
    Tonia Tonja Tonya Tori Tosha Toya Tracee Tracey Traci Tracie Tracy Trena Tresa Tressa Tressie
    Treva Tricia Trina Trish Trisha Trista Trudi Trudie Trudy Twana Twila Twyla Tyra Una Ursula
    Vada Valarie Valencia Valentina Valeria Valerie Vallie Valorie Vanesa Vanessa Vannessa Veda
    Velda Velia Velma Velva Velvet Venessa Venita Venus Vera Verda Vergie Verla Verna Vernell
    Vernetta Vernice Vernie Vernita Verona Veronica Versie Vesta Vicenta Vickey Vicki Vickie Vicky
    Victoria Vida Vikki Vilma Vina Vincenza Vinnie Viola Violet Violeta Violette Virgie Virgina
    Virginia Vita Viva Vivian Viviana Vivien Vivienne Vonda Vonnie Wai Wanda Wanita Wendi Wendy
    Whitney Wilda Wilhelmina Willa Willene Wilma Windy Winifred Winnie Winnifred Winona Wynona
    Xiomara Yadira Yasmin Yesenia Yetta Ying Yoko Yolanda Yolande Yolonda Yoshiko Yu Yun Yvette
    Yvonne Zaida Zandra Zelda Zella Zelma Zena Zenaida Zenobia Zeynep Zina Zita Zoe Zoila Zola Zona
    Zora Zoraida Zula Zulema Zulma
    """
)
"""The names that most often belong to women."""

EITHER = words(
    """
    Jean
    Alexis Alva Angel Ariel Aubrey Augustine Bernie Blair Britt Carey Carrol Casey Chi Chong Chung
    Clair Cleo Cruz Dana Dee Devon Dominique Dong Dorian Elisha Frankie Gale Gerry Guadalupe Hong
    Ivory Jackie Jae Jaime Jamey Jamie Jan Jessie Jimmie Jody Johnie Johnnie Jude Kasey Kendall
    Kerry Kris Lacy Lavern Laverne Lee Leslie Lou Lupe Lynn Marion Merle Michal Mickey Minh Morgan
    Nicky Numbers Odell Ollie Otha Pat Refugio Rene Robbie Rosario Sammie Sang Shayne Shelby Stevie
    Sung Sydney Taylor Terry Thanh Theo Tommie Trinidad Tristan Val Willie Yong
    """
)
"""The names that tell nothing about gender."""
